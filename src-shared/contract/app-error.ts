import { z } from 'zod';
import { errorCodes, type ErrorCode } from '../errors.ts';

/** An error as a part of an answer. */
export const appErrorSchema = z.object({ code: z.enum(errorCodes as [ErrorCode, ...ErrorCode[]]), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() });
