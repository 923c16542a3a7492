package io.tapedeck.engine.book;

/** So does its oracle. */
class NaiveOrderBooksTest extends BookSuite {
    @Override
    BookSet newBooks() {
        return new NaiveOrderBooks();
    }
}
