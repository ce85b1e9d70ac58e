/** The comparison as a picture: a panel for each operation, a bar for each that was measured. */
import { BarChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { OPERATIONS } from '../operations.ts';
import { type Results, STORE } from '../results.ts';
import type { Measured, Series } from '../rounds.ts';
import { spread } from '../statistics.ts';
import { withSpread } from './markdown.ts';

use([BarChart, GridComponent, TitleComponent, SVGRenderer]);

/** Pixels. */
const WIDTH = 900;
const BAR = 24;
/** Of a panel, above its bars and below them. */
const ABOVE = 44;
const BELOW = 12;
const LEFT = 220;
/** For the figures at the ends of the bars. */
const RIGHT = 190;

const OURS = '#1f6feb';
const THEIRS = '#8b949e';

/** @returns SVG, the same for the same results */
export function drawChart({ measured }: Pick<Results, 'measured'>): string {
  const panels = placed(measured);
  const height = panels.reduce((sum, { bars }) => sum + ABOVE + bars + BELOW, 0);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      title: panels.map(titleOf),
      grid: panels.map(({ top, bars }) => ({ top, height: bars, left: LEFT, right: RIGHT })),
      xAxis: panels.map((_, gridIndex) => ({ gridIndex, type: 'value', min: 0, show: false })),
      yAxis: panels.map(({ series }, gridIndex) => ({
        gridIndex,
        type: 'category',
        inverse: true,
        data: series.map(({ name }) => name),
        axisTick: { show: false },
        axisLabel: { color: '#24292f', fontSize: 12 },
      })),
      series: panels.map(({ series }, index) => ({
        type: 'bar',
        xAxisIndex: index,
        yAxisIndex: index,
        barWidth: '70%',
        data: series.map(barOf),
      })),
    });
    return `${chart.renderToSVGString()}\n`;
  } finally {
    chart.dispose();
  }
}

interface Panel extends Measured {
  readonly top: number;
  /** Height of all its bars. */
  readonly bars: number;
}

function placed(measured: readonly Measured[]): Panel[] {
  let bottom = 0;
  return measured.map((one) => {
    const bars = one.series.length * BAR;
    const top = bottom + ABOVE;
    bottom = top + bars + BELOW;
    return { ...one, top, bars };
  });
}

function titleOf({ operation, top }: Panel) {
  const { name } = OPERATIONS.find(({ id }) => id === operation) ?? { name: operation };
  return {
    text: `${name}: requests/s, median [min–max]`,
    top: top - 28,
    left: 12,
    textStyle: { fontSize: 14, color: '#24292f' },
  };
}

function barOf({ id, samples }: Series) {
  const rates = samples.map(({ perSecond }) => perSecond);
  return {
    value: Math.round(spread(rates).median),
    itemStyle: { color: id.startsWith(STORE.id) ? OURS : THEIRS },
    label: { show: true, position: 'right', formatter: withSpread(rates), color: '#24292f' },
  };
}
