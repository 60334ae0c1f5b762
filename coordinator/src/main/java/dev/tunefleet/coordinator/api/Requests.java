package dev.tunefleet.coordinator.api;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.config.CoordinatorConfig;
import dev.tunefleet.coordinator.stream.CommandSender;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.RequestId;
import dev.tunefleet.coordinator.view.ReadModel;
import dev.tunefleet.coordinator.view.Replies;
import dev.tunefleet.coordinator.view.Reply;

/** Sends a command and answers once the journal says what became of it; tells the client to come back when that takes long. */
@Singleton
class Requests {

    private static final Logger LOG = Logger.getLogger(Requests.class);

    private final CommandSender commands;
    private final Replies replies;
    private final CoordinatorConfig config;

    Requests(CommandSender commands, ReadModel model, CoordinatorConfig config) {
        this.commands = commands;
        this.replies = model.replies();
        this.config = config;
    }

    /**
     * Carries out what {@code command} makes of the request's id.
     *
     * @param idempotencyKey the id that the client chose, where it did; the same one is carried out once
     */
    Uni<Response> carryOut(
            StudyId study,
            Optional<String> idempotencyKey,
            Function<RequestId, Command> command,
            Supplier<Response> done) {
        RequestId request = id(idempotencyKey);
        boolean known = replies.has(request);
        CompletableFuture<Reply> reply = replies.to(request);
        Uni<Void> sent = known
                ? Uni.createFrom().voidItem()
                : commands.send(study, command.apply(request)).onFailure().transform(Requests::notSent);
        return sent.chain(() -> Uni.createFrom().completionStage(reply))
                .map(came -> answer(came, done))
                .ifNoItem()
                .after(config.answerWithin())
                .recoverWithItem(() -> pending(request));
    }

    private static RequestId id(Optional<String> idempotencyKey) {
        try {
            return new RequestId(
                    idempotencyKey.orElseGet(() -> UUID.randomUUID().toString()));
        } catch (IllegalArgumentException illegal) {
            throw ProblemException.badRequest(illegal.getMessage());
        }
    }

    private static Throwable notSent(Throwable failure) {
        LOG.warn("A command could not be sent.", failure);
        return ProblemException.unavailable("The command could not be sent to Kafka; try again.");
    }

    private static Response answer(Reply reply, Supplier<Response> done) {
        return switch (reply) {
            case Reply.Done() -> done.get();
            case Reply.Refused(String reason) -> throw ProblemException.conflict(reason);
        };
    }

    private Response pending(RequestId request) {
        replies.forget(request);
        return Response.accepted(Map.of("requestId", request.text()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
