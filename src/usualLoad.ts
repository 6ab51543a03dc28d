/* How much one process takes on, unless its settings say otherwise. */

/** Connections to the database: beyond this many, waiting costs less than switching. */
export const usualPoolSize = 10;

/** So many requests for each connection to the database are served at once; more would only wait. */
export const requestsPerConnection = 4;

/** Of each client: claim sessions, and other operations as one each. */
export const usualItemsPerSecond = 5_000;
