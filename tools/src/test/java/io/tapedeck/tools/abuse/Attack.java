package io.tapedeck.tools.abuse;

import java.util.function.BooleanSupplier;

/** What one stranger does, again and again. */
interface Attack {
    /**
     * Goes on until it is over.
     *
     * @param isOver asked before each strike, or before some of them.
     * @return how many times it struck.
     * @throws Exception what no server may cause.
     */
    long strike(BooleanSupplier isOver) throws Exception;
}
