/** What a person runs. Cold, clear code on ordinary libraries; everything that must be fast is in the engine. */
package io.tapedeck.tools;
