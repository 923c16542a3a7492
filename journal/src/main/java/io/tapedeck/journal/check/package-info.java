/** What a look at a tape brings to light, whatever its format: findings, losses, a repair's outcome, differences. */
package io.tapedeck.journal.check;
