package io.tailrace.translator.streams;

/** A topic was deleted and made anew while a task worked: the task must start again to find out what that means. */
final class TopicsChangedException extends RuntimeException {
    TopicsChangedException(String lane) {
        super("a topic of the lane " + lane + " was made anew");
    }
}
