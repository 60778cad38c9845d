import type { CommandContext } from '../../context.js';
import type { ReplicaProgress } from '../../lib/global/wait-for-replica.js';
import { formatAge } from '../../lib/terminal/human.js';
import type { Output } from '../../lib/terminal/output.js';
import { progressBar } from '../../lib/terminal/progress-bar.js';
import { makeStatusLine } from '../../lib/terminal/status-line.js';

/** Shows how Regions come along: one live line on a terminal, a line for each new state elsewhere. */
export interface ChangeScreen {
  /** Writes above the live line. */
  readonly output: Output;
  progress(event: ReplicaProgress): void;
  /** The live line says this from now on. */
  say(text: string): void;
  end(): void;
}

/** Makes the screen of one command. Machines follow the events instead. */
export function makeChangeScreen(context: CommandContext, output: Output): ChangeScreen {
  const { io, clock } = context;
  const isLive = output.format === 'human' && io.progress;
  const line = makeStatusLine(isLive ? io : { ...io, progress: false }, clock);
  const shown = new Map<string, string>();
  const startedAtMs = new Map<string, number>();
  const above = output.above(line);
  return {
    output: above,
    progress({ region, status, percent }) {
      if (!startedAtMs.has(region)) startedAtMs.set(region, clock.now());
      const words = status === 'NOT_LISTED' ? 'requested' : status;
      const text = percent === undefined ? `${region}: ${words}` : `${region}: ${words} ${percent}%`;
      if (isLive) {
        const since = startedAtMs.get(region) ?? clock.now();
        const bar = percent === undefined ? '' : `  ${progressBar(percent, io.unicode)}`;
        line.set(() => `${text}${bar}  ${formatAge(clock.now() - since)}`);
        return;
      }
      if (output.format !== 'human' || shown.get(region) === text) return;
      shown.set(region, text);
      output.note(text);
    },
    say(text) {
      if (isLive) line.set(text);
      else if (output.format === 'human') output.note(text);
    },
    end() {
      line.end();
    },
  };
}
