// What the charts share: the embedded result, how numbers and times are written, axes, thresholds as
// lines. Tooltips are drawn on the canvas: no text becomes HTML.

const result = JSON.parse(document.getElementById("result").textContent);
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const grouped = (n) => n.toLocaleString("en-US");
const score = (n) => (n === 0 ? "0" : Number(n).toPrecision(4).replace(/(\.\d*?)0+(?=$|e)/, "$1").replace(/\.(?=$|e)/, ""));
const time = (t) => new Date(t).toISOString().replace("T", " ").substring(0, 16);
const clock = (t) => {
  const text = time(t);
  return text.endsWith("00:00") ? text.substring(5, 10) : text.substring(11);
};
// A logarithmic axis shows no zero: such values are lifted to the smallest that is none.
const smallest = (values) => values.reduce((least, v) => (v > 0 && v < least ? v : least), Infinity);
const decade = (value) => Math.pow(10, Math.floor(Math.log10(value)));

const base = () => ({
  animation: false,
  textStyle: { color: css("--text"), fontFamily: "system-ui, sans-serif" },
  grid: { left: 64, right: 24, top: 40, bottom: 48 },
  legend: { top: 0, textStyle: { color: css("--text") } },
  tooltip: {
    trigger: "axis",
    renderMode: "richText",
    confine: true,
    backgroundColor: css("--card"),
    borderColor: css("--line"),
    textStyle: { color: css("--text"), fontSize: 12 },
  },
});
const axis = (more) => ({
  axisLine: { lineStyle: { color: css("--grey") } },
  axisTick: { lineStyle: { color: css("--grey") } },
  axisLabel: { color: css("--quiet"), hideOverlap: true },
  splitLine: { lineStyle: { color: css("--line") } },
  nameTextStyle: { color: css("--quiet") },
  nameLocation: "middle",
  nameGap: 46,
  ...more,
});
const logAxis = (name, least, more) =>
  axis({ type: "log", name, min: decade(least), minorSplitLine: { show: false }, ...more });
const noLine = { splitLine: { show: false } };

// One threshold, or the span of those of several segments.
const thresholds = (model) => {
  const values = model.thresholds.map((t) => t.value);
  return [...new Set([Math.min(...values), Math.max(...values)])].filter(Number.isFinite);
};
const thresholdLine = (model, line) => ({
  silent: true,
  symbol: "none",
  lineStyle: { color: css("--red"), type: "dashed", width: 1.5 },
  label: {
    color: css("--red"),
    position: "end",
    formatter: (p) => "threshold " + score(p.value),
  },
  data: thresholds(model).map(line),
});
