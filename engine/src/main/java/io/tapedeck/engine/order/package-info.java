/**
 * The order layer: which orders stand in the queues of a market model, and which of them each of its events is about.
 * The model knows depths only; this package gives them names, ages, shares and a feed.
 */
package io.tapedeck.engine.order;
