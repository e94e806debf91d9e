import { z } from 'zod';

export const onOff = z
  .enum(['0', '1', 'true', 'false'])
  .transform((value) => value === '1' || value === 'true');
export const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

export const commaList = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().min(1)).min(1));

/** Addresses of the instances of one service, with commas; stays text, `serviceUrls` takes it apart. */
export const webAddresses = z
  .string()
  .refine(
    (text) => text.split(',').every((url) => z.url({ protocol: /^https?$/ }).safeParse(url.trim()).success),
    'must be an http or https address, or several with commas',
  );

/** An empty variable counts as not set, as people expect of `.env` files. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
