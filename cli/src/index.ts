export { loadServices, type ServiceName, serviceNames } from './services.ts';
