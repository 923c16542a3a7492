package io.tapedeck.engine.replay.parallel;

/** A worker could not do its task. Says which worker and task; the cause says what, and at which record. */
public final class WorkerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int worker;
    private final transient ReplayTask task;

    WorkerException(final int worker, final ReplayTask task, final Throwable cause) {
        super("worker " + worker + ", " + task + ": " + cause.getMessage(), cause);
        this.worker = worker;
        this.task = task;
    }

    /**
     * Which worker failed.
     *
     * @return its number, from 0.
     */
    public int worker() {
        return worker;
    }

    /**
     * What it was at.
     *
     * @return the task.
     */
    public ReplayTask task() {
        return task;
    }
}
