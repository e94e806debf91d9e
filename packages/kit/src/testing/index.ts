export * from './app.ts';
export * from './database.ts';
export * from './platform.ts';
export * from './ports.ts';
export * from './redis.ts';
export * from './sign-up.ts';
