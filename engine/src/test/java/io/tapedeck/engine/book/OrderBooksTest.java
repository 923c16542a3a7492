package io.tapedeck.engine.book;

/** The fast book keeps the rules. */
class OrderBooksTest extends BookSuite {
    @Override
    BookSet newBooks() {
        return new FastBookSet();
    }
}
