// Draws the charts, again where the colours change.
const charts = { time: overTime, histogram, days, sweep, overlap, scatter };
const dark = matchMedia("(prefers-color-scheme: dark)");
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
