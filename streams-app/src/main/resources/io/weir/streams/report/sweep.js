// The chart of many thresholds.

const sweep = (model) => {
  const rows = [...model.sweep].sort((a, b) => a.value - b.value);
  const rate = rows.map((r) => (r.alertsPerDay === null ? r.alerts : r.alertsPerDay));
  const least = smallest(rate);
  if (!Number.isFinite(least)) return null;
  const labelled = rows.some((r) => r.labelled);
  const option = base();
  option.tooltip.formatter = (all) => {
    const r = rows[all[0].dataIndex];
    const lines = [r.policy, "threshold " + score(r.value), grouped(r.alerts) + " alerts"];
    if (r.alertsPerDay !== null) lines.push(score(r.alertsPerDay) + " a day");
    if (r.labelled && r.labelled.precision !== null) lines.push("precision " + score(r.labelled.precision));
    if (r.labelled && r.labelled.recall !== null) lines.push("recall " + score(r.labelled.recall));
    return lines.join("\n");
  };
  // Thresholds of several orders of magnitude lie at their logarithms.
  const positive = rows.every((r) => r.value > 0);
  const placed = (value) => (positive ? Math.log10(value) : value);
  const unplaced = (at) => (positive ? Math.pow(10, at) : at);
  const part = (name, color) => ({
    name,
    type: "line",
    yAxisIndex: 1,
    data: rows.map((r) => [placed(r.value), r.labelled ? r.labelled[name] : null]),
    symbolSize: 7,
    lineStyle: { color, width: 1.5 },
    itemStyle: { color },
  });
  return {
    ...option,
    grid: { left: 64, right: labelled ? 64 : 24, top: 40, bottom: 48 },
    xAxis: axis({
      type: "value",
      name: "threshold",
      nameGap: 30,
      scale: true,
      min: (range) => range.min - 0.04 * (range.max - range.min || 1),
      max: (range) => range.max + 0.04 * (range.max - range.min || 1),
      axisLabel: {
        color: css("--quiet"),
        formatter: (v) => score(unplaced(v)),
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
      },
      ...noLine,
    }),
    yAxis: [
      logAxis(rows.some((r) => r.alertsPerDay !== null) ? "alerts a day" : "alerts", least),
      axis({ type: "value", min: 0, max: 1, show: labelled, ...noLine }),
    ],
    series: [
      {
        name: "alerts",
        type: "line",
        data: rows.map((r, i) => [placed(r.value), rate[i] > 0 ? rate[i] : null]),
        symbolSize: 8,
        lineStyle: { color: css("--blue"), width: 2 },
        itemStyle: { color: css("--blue") },
        markLine: {
          ...thresholdLine(model, () => ({})),
          label: { color: css("--red"), formatter: "this replay" },
          data: [{ xAxis: placed(model.sweep[0].value) }],
        },
      },
      ...(labelled ? [part("precision", css("--amber")), part("recall", css("--grey"))] : []),
    ],
  };
};
