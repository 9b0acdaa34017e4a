// The charts of a model's scores and alerts.

const overTime = (model) => {
  const { width, buckets } = model.overTime;
  if (buckets.length === 0) return null;
  const least = smallest(buckets.flatMap((b) => [b.median, b.p99, b.max]).concat(thresholds(model)));
  if (!Number.isFinite(least)) return null;
  const points = (field) => {
    const data = [];
    let next = null;
    for (const b of buckets) {
      // Where there were no events, there is no line.
      if (next !== null && b.start > next) data.push([next, null]);
      data.push([b.start, Math.max(b[field], least)]);
      next = b.start + width;
    }
    return data;
  };
  const line = (name, field, color, opacity) => ({
    name,
    type: "line",
    data: points(field),
    showSymbol: buckets.length < 3,
    lineStyle: { width: 1.5, color, opacity },
    itemStyle: { color },
  });
  const alerts = buckets.filter((b) => b.alerts > 0);
  const most = Math.max(1, ...alerts.map((b) => b.alerts));
  const option = base();
  option.tooltip.formatter = (all) => {
    const b = buckets.find((x) => x.start === all[0].value[0]);
    if (!b) return "no events";
    return [
      time(b.start) + " UTC",
      "highest " + score(b.max),
      "one in 100 above " + score(b.p99),
      "median " + score(b.median),
      grouped(b.events) + " events, " + grouped(b.anomalous) + " anomalous, " + grouped(b.alerts) + " alerts",
    ].join("\n");
  };
  return {
    ...option,
    useUTC: true,
    grid: { left: 64, right: 110, top: 40, bottom: 84 },
    dataZoom: [
      { type: "inside" },
      { type: "slider", bottom: 8, height: 20, labelFormatter: (t) => time(t), textStyle: { color: css("--quiet") } },
    ],
    xAxis: axis({ type: "time", axisLabel: { color: css("--quiet"), formatter: clock, hideOverlap: true }, ...noLine }),
    yAxis: logAxis("score", least),
    series: [
      { ...line("highest", "max", css("--blue"), 1), markLine: thresholdLine(model, (yAxis) => ({ yAxis })) },
      line("one in 100 above", "p99", css("--amber"), 0.9),
      line("median", "median", css("--grey"), 1),
      {
        name: "alerts",
        type: "scatter",
        data: alerts.map((b) => [b.start, Math.max(b.max, least), b.alerts]),
        symbolSize: (v) => 5 + 9 * Math.sqrt(v[2] / most),
        itemStyle: { color: css("--red"), opacity: 0.75 },
      },
    ],
  };
};

const histogram = (model) => {
  if (model.histogram.length === 0) return null;
  const lowest = Math.min(...thresholds(model));
  const option = base();
  option.tooltip.formatter = (all) => {
    const b = model.histogram[all[0].dataIndex];
    return "score " + score(b.from) + " to " + score(b.to) + "\n" + grouped(b.count) + " events";
  };
  const at = model.histogram.findIndex((b) => lowest < b.to);
  return {
    ...option,
    legend: undefined,
    xAxis: axis({
      type: "category",
      name: "score",
      nameGap: 30,
      data: model.histogram.map((b) => score(b.from)),
      ...noLine,
    }),
    yAxis: logAxis("events", 1, { min: 0.5, axisLabel: { color: css("--quiet"), formatter: (n) => (n < 1 ? "" : grouped(n)) } }),
    series: [
      {
        type: "bar",
        barCategoryGap: "8%",
        data: model.histogram.map((b) => ({
          value: b.count > 0 ? b.count : null,
          itemStyle: { color: b.from >= lowest ? css("--red") : css("--blue") },
        })),
        markLine:
          at < 0
            ? undefined
            : {
                ...thresholdLine(model, () => ({ xAxis: at })),
                label: { color: css("--red"), formatter: "threshold " + score(lowest) },
                data: [{ xAxis: at }],
              },
      },
    ],
  };
};

const days = (model) => {
  if (model.days.length < 2) return null;
  return {
    ...base(),
    xAxis: axis({ type: "category", data: model.days.map((d) => d.day), ...noLine }),
    yAxis: axis({ type: "value", name: "a day", minInterval: 1 }),
    series: [
      { name: "alerts", type: "bar", barMaxWidth: 48, data: model.days.map((d) => d.alerts), itemStyle: { color: css("--red") } },
      { name: "anomalous", type: "bar", barMaxWidth: 48, data: model.days.map((d) => d.anomalous), itemStyle: { color: css("--grey") } },
    ],
  };
};
