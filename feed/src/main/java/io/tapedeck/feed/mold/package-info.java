/**
 * MoldUDP64 sessions: the publisher's side packs messages into packets and keeps time, the receiver's side gives them
 * back in order and says exactly what is missing. What is in a message is not looked at here.
 */
package io.tapedeck.feed.mold;
