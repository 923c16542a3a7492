/** Where events rest. A journal is a file of one trading day; the packages below hold one file format each. */
package io.tapedeck.journal;
