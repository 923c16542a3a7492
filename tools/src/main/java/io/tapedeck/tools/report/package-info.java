/** Reports for people to read and to print: one HTML file each, with its plots inside and nothing to fetch from elsewhere. */
package io.tapedeck.tools.report;
