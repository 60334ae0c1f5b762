package dev.tunefleet.coordinator.view;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.study.RequestId;

/**
 * Brings together those who wait for a request and what the journal says of it, whichever comes first. Remembers the newest
 * replies, so that a request that is repeated is told the same again. A client's key names one request of a study. Thread-safe.
 */
public final class Replies {

    private static final int REMEMBERED = 10_000;

    private final Map<Key, Known> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    private final Map<Key, Awaited> waiting = new LinkedHashMap<>();

    /**
     * The reply to {@code request} of {@code study}, now or later; empty where its key names another request. Every caller gets
     * a future of its own.
     */
    public synchronized Optional<CompletableFuture<Reply>> to(StudyId study, RequestId request) {
        var key = new Key(study, request.key());
        Known reply = known.get(key);
        if (reply != null) {
            return Optional.of(reply)
                    .filter(found -> found.request().equals(request))
                    .map(found -> CompletableFuture.completedFuture(found.reply()));
        }
        Awaited awaited = waiting.computeIfAbsent(key, ignored -> new Awaited(request, new CompletableFuture<>()));
        return Optional.of(awaited)
                .filter(found -> found.request().equals(request))
                .map(found -> found.reply().copy());
    }

    /** Nobody waits for {@code request} of {@code study} any longer. */
    public synchronized void forget(StudyId study, RequestId request) {
        waiting.computeIfPresent(
                new Key(study, request.key()),
                (key, awaited) -> awaited.request().equals(request) ? null : awaited);
    }

    void came(StudyId study, RequestId request, Reply reply) {
        Optional<Awaited> awaited;
        synchronized (this) {
            var key = new Key(study, request.key());
            known.put(key, new Known(request, reply));
            awaited = Optional.ofNullable(waiting.get(key))
                    .filter(found -> found.request().equals(request));
            forget(study, request);
        }
        awaited.ifPresent(found -> found.reply().complete(reply));
    }

    private record Key(StudyId study, String key) {}

    private record Known(RequestId request, Reply reply) {}

    private record Awaited(RequestId request, CompletableFuture<Reply> reply) {}
}
