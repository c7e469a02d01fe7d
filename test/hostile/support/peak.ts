import { writeFileSync } from 'node:fs';
import { peakMb } from './peak-mb.ts';

// Loaded before the command line: tells how much memory the process took at its height, and how much of a processor's time.
process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(process.env['VAN_THU_PEAK'] ?? '', JSON.stringify({ peakMb: peakMb(), cpuMs: Math.round((userCPUTime + systemCPUTime) / 1000) }));
});
