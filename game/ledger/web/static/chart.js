// Draws each chart from the table beside it, so that both always say the same.
"use strict";

const DAY = 86400;

function numbersOf(table) {
  const rows = [...table.tBodies[0].rows];
  return {
    names: rows.map((row) => row.cells[0].textContent.trim()),
    values: rows.map((row) => {
      const told = row.querySelector("[data-value]").dataset.value;
      return told === "" ? null : Number(told);
    }),
  };
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function look() {
  const font = `14px ${getComputedStyle(document.body).fontFamily}`;
  return { font, stroke: colour("--soft"), ticks: { show: false } };
}

const common = { cursor: { show: false }, legend: { show: false } };

// One bar for each organisation, in per cent, with the target as a dashed line.
function bars(box, names, values) {
  const at = names.map((_, place) => place);
  const short = (name) => (name.length > 5 ? `${name.slice(0, 4)}…` : name);
  const every = Math.ceil(names.length / Math.max(1, Math.floor(box.clientWidth / 82)));
  const target = box.dataset.target === undefined ? null : Number(box.dataset.target);
  const edge = [-0.6, names.length - 0.4];
  const series = [
    {},
    {
      stroke: colour("--bronze"), fill: colour("--bronze"), width: 0, points: { show: false },
      paths: uPlot.paths.bars({ size: [0.55, 44], radius: 0.12 }),
    },
  ];
  const hooks = target === null ? {} : {
    draw: [(plot) => {
      const y = plot.valToPos(target, "y", true);
      const pen = plot.ctx;
      pen.save();
      pen.strokeStyle = colour("--cinnabar");
      pen.lineWidth = 2 * devicePixelRatio;
      pen.setLineDash([8 * devicePixelRatio, 6 * devicePixelRatio]);
      pen.beginPath();
      pen.moveTo(plot.bbox.left, y);
      pen.lineTo(plot.bbox.left + plot.bbox.width, y);
      pen.stroke();
      pen.restore();
    }],
  };
  new uPlot({
    ...common, width: box.clientWidth, height: 300, series, hooks,
    scales: {
      x: { time: false, range: edge },
      y: { range: (_, __, most) => [0, Math.max(60, Math.ceil((most ?? 0) / 20) * 20)] },
    },
    axes: [
      {
        ...look(), grid: { show: false },
        splits: () => at.filter((place) => place % every === 0),
        values: (_, splits) => splits.map((place) => short(names[place] ?? "")),
      },
      {
        ...look(), size: 60, grid: { stroke: colour("--bone-mid"), width: 1 },
        values: (_, splits) => splits.map((value) => `${value} %`),
      },
    ],
  }, [at, values], box);
}

// How many on each day; a day without a row is a day with nobody.
function line(box, names, values) {
  const first = Number(box.dataset.first);
  const known = new Map(names.map((name, place) => [Date.parse(`${name}T00:00:00Z`) / 1000, values[place]]));
  const last = Math.min(Number(box.dataset.last), Math.max(...known.keys()) / DAY);
  const at = [];
  for (let day = first; day <= last; day += 1) at.push(day * DAY);
  const short = (time) => {
    const day = new Date(time * 1000);
    return `${day.getUTCMonth() + 1}/${day.getUTCDate()}`;
  };
  new uPlot({
    ...common, width: box.clientWidth, height: 240,
    tzDate: (time) => uPlot.tzDate(new Date(time * 1000), "Etc/UTC"),
    scales: { x: { time: true }, y: { range: (_, __, most) => [0, Math.max(4, (most ?? 0) * 1.1)] } },
    axes: [
      { ...look(), grid: { show: false }, space: 60, values: (_, splits) => splits.map(short) },
      {
        ...look(), size: 54, grid: { stroke: colour("--bone-mid"), width: 1 },
        values: (_, splits) => splits.map((value) => (Number.isInteger(value) ? String(value) : "")),
      },
    ],
    series: [
      {},
      {
        stroke: colour("--bronze"), width: 2.5, fill: "rgb(53 89 77 / .14)",
        points: { show: at.length < 40, size: 6, fill: colour("--bronze") },
      },
    ],
  }, [at, at.map((time) => known.get(time) ?? 0)], box);
}

// A calendar wider than the screen opens at its last day with anyone.
for (const calendar of document.querySelectorAll(".scroll > .heat")) {
  const busy = [...calendar.querySelectorAll("rect:not(.h0)")].pop();
  if (busy) calendar.parentElement.scrollLeft = (busy.x.baseVal.value / 1060) * calendar.clientWidth - calendar.parentElement.clientWidth + 60;
}

for (const box of document.querySelectorAll("[data-chart]")) {
  const { names, values } = numbersOf(document.getElementById(box.dataset.chart));
  let width = 0;
  new ResizeObserver(() => {
    if (box.clientWidth === width || box.clientWidth === 0) return;
    width = box.clientWidth;
    box.replaceChildren();
    (box.dataset.kind === "line" ? line : bars)(box, names, values);
  }).observe(box);
}
