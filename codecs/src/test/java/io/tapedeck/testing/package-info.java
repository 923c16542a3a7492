/** What the tests of every module share: the real data's whereabouts, the allocation meter, the byte mutator. */
package io.tapedeck.testing;
