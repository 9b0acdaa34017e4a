// The charts of two models.

const overlap = () => {
  const days = result.comparison.days;
  if (days.length === 0) return null;
  const bar = (name, field, color) => ({
    name,
    type: "bar",
    stack: "alerts",
    barMaxWidth: 48,
    data: days.map((d) => d[field]),
    itemStyle: { color },
  });
  return {
    ...base(),
    xAxis: axis({ type: "category", data: days.map((d) => d.day), ...noLine }),
    yAxis: axis({ type: "value", name: "alerts", minInterval: 1 }),
    series: [
      bar("both", "both", css("--grey")),
      bar("only A", "onlyA", css("--blue")),
      bar("only B", "onlyB", css("--amber")),
    ],
  };
};

const scatter = () => {
  const pairs = result.comparison.scatter;
  const least = smallest(pairs.flatMap((p) => [p.a, p.b]));
  if (!Number.isFinite(least)) return null;
  const option = base();
  option.tooltip.trigger = "item";
  option.tooltip.formatter = (p) => "A " + score(p.value[0]) + "\nB " + score(p.value[1]);
  const lines = (model, line) => thresholds(result.models[model]).map(line);
  return {
    ...option,
    legend: undefined,
    xAxis: logAxis("score of A", least, { nameGap: 30 }),
    yAxis: logAxis("score of B", least),
    series: [
      {
        type: "scatter",
        symbolSize: 5,
        data: pairs.map((p) => [Math.max(p.a, least), Math.max(p.b, least)]),
        itemStyle: { color: css("--blue"), opacity: 0.5 },
        markLine: {
          silent: true,
          symbol: "none",
          lineStyle: { color: css("--red"), type: "dashed" },
          label: { show: false },
          data: [...lines(0, (xAxis) => ({ xAxis })), ...lines(1, (yAxis) => ({ yAxis }))],
        },
      },
    ],
  };
};
