"use strict";
// Draws the charts from the embedded result. Tooltips are drawn on the canvas: no text becomes HTML.
(() => {
  const result = JSON.parse(document.getElementById("result").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
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

  const charts = {
    time(model) {
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
    },

    histogram(model) {
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
    },

    days(model) {
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
    },

    sweep(model) {
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
    },

    overlap() {
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
    },

    scatter() {
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
    },
  };

  const drawn = [];
  const draw = () => {
    drawn.splice(0).forEach((chart) => chart.dispose());
    document.querySelectorAll("[data-chart]").forEach((place) => {
      const option = charts[place.dataset.chart](result.models[Number(place.dataset.model)]);
      place.classList.toggle("drawn", option !== null);
      if (option !== null) {
        const chart = echarts.init(place);
        chart.setOption(option);
        drawn.push(chart);
      }
    });
  };
  draw();
  dark.addEventListener("change", draw);
  addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
})();
