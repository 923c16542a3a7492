/** What looking at a tape can bring to light, whatever its format: findings, losses, the outcome of a repair, differences. */
package io.tapedeck.journal.check;
