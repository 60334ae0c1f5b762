package dev.tunefleet.coordinator.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;

import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.config.CoordinatorConfig;
import dev.tunefleet.coordinator.stream.CommandSender;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.RequestId;
import dev.tunefleet.coordinator.view.ReadModel;
import dev.tunefleet.coordinator.view.Replies;
import dev.tunefleet.coordinator.view.Reply;

/**
 * Sends a command and answers once the journal says what became of it; tells the client to come back when that takes long. The
 * calling thread waits: an answer that another thread finished would race with the end of the request's own context.
 */
@Singleton
class Requests {

    /** The header by which a client names its request, to send it again without harm. */
    static final String KEY = "Idempotency-Key";

    private static final int LONGEST_KEY = 100;

    private final BiFunction<StudyId, Command, Uni<Void>> commands;
    private final Replies replies;
    private final Duration answerWithin;

    @Inject
    Requests(CommandSender commands, ReadModel model, CoordinatorConfig config) {
        this(commands::send, model, config.answerWithin());
    }

    /** @param commands sends a command to a study */
    Requests(BiFunction<StudyId, Command, Uni<Void>> commands, ReadModel model, Duration answerWithin) {
        this.commands = commands;
        this.replies = model.replies();
        this.answerWithin = answerWithin;
    }

    /**
     * Carries out, and waits for, what {@code command} makes of the request's id.
     *
     * @param idempotencyKey the name that the client chose, where it did; a request is carried out once under it
     * @param what the client asks for, in a word: under one key it must be the same each time
     */
    Response carryOut(
            StudyId study,
            Optional<String> idempotencyKey,
            String what,
            Function<RequestId, Command> command,
            Supplier<Response> done) {
        RequestId request = id(what, idempotencyKey);
        CompletableFuture<Reply> reply = replies.to(study, request).orElseThrow(() -> usedOtherwise(study, request));
        CompletableFuture<Reply> answered = reply.isDone()
                ? reply
                : commands.apply(study, command.apply(request))
                        .subscribeAsCompletionStage()
                        .thenCompose(sent -> reply);
        try {
            return answer(answered.get(answerWithin.toNanos(), TimeUnit.NANOSECONDS), done);
        } catch (ExecutionException failure) {
            replies.forget(study, request);
            throw ProblemException.unavailable(
                    "The command could not be sent to Kafka; try again.", failure.getCause());
        } catch (TimeoutException late) {
            return pending(study, request);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return pending(study, request);
        }
    }

    private static RequestId id(String what, Optional<String> idempotencyKey) {
        String key = idempotencyKey.orElseGet(() -> UUID.randomUUID().toString());
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw ProblemException.badRequest(
                    "The " + KEY + " (" + key + ") of a request must be 1 to " + LONGEST_KEY + " characters long.");
        }
        return RequestId.of(what, key);
    }

    private static ProblemException usedOtherwise(StudyId study, RequestId request) {
        return ProblemException.unprocessable("The " + KEY + " (" + request.key() + ") of a request to study " + study
                + " must not have been used for another request. Choose a new one.");
    }

    private static Response answer(Reply reply, Supplier<Response> done) {
        return switch (reply) {
            case Reply.Done() -> done.get();
            case Reply.Refused(String reason) -> throw ProblemException.conflict(reason);
        };
    }

    private Response pending(StudyId study, RequestId request) {
        replies.forget(study, request);
        return Response.accepted(Map.of("requestId", request.key()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
