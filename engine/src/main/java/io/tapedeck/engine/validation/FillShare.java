package io.tapedeck.engine.validation;

/**
 * What became of orders that joined the best queue at one place.
 *
 * @param place    1 for the front.
 * @param orders   how many were followed.
 * @param share    of them that was filled while their queue was the best one.
 * @param expected share, by the law and the states that their queues went through.
 * @param error    standard error of the difference.
 */
public record FillShare(int place, long orders, double share, double expected, double error) {}
