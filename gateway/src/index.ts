export { gateway } from './app.ts';
export { type RoutingEntry, routingTable } from './routing-table.ts';
