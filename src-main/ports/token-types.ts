import type { z } from 'zod';
import type { driverInfo, tokenInfo } from '../../src-shared/contract/signing.ts';

export type TokenInfo = z.infer<typeof tokenInfo>;
export type DriverInfo = z.infer<typeof driverInfo>;
