package dev.tunefleet.coordinator.view;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.tunefleet.coordinator.study.RequestId;

/**
 * Brings together those who wait for a request and what the journal says of it, whichever comes first. Remembers the newest
 * replies, so that a request that is repeated is told the same again. Thread-safe.
 */
public final class Replies {

    private static final int REMEMBERED = 10_000;

    private final Map<RequestId, Reply> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RequestId, Reply> eldest) {
            return size() > REMEMBERED;
        }
    };

    private final Map<RequestId, CompletableFuture<Reply>> waiting = new LinkedHashMap<>();

    /** The reply to {@code request}, now or later. Every caller gets a future of its own. */
    public synchronized CompletableFuture<Reply> to(RequestId request) {
        Reply reply = known.get(request);
        return reply == null
                ? waiting.computeIfAbsent(request, ignored -> new CompletableFuture<>())
                        .copy()
                : CompletableFuture.completedFuture(reply);
    }

    /** Whether the journal has said what became of {@code request}. */
    public synchronized boolean has(RequestId request) {
        return known.containsKey(request);
    }

    /** Nobody waits for {@code request} any longer. */
    public synchronized void forget(RequestId request) {
        waiting.remove(request);
    }

    void came(RequestId request, Reply reply) {
        CompletableFuture<Reply> awaited;
        synchronized (this) {
            known.put(request, reply);
            awaited = waiting.remove(request);
        }
        if (awaited != null) {
            awaited.complete(reply);
        }
    }
}
