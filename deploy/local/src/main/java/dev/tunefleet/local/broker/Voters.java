package dev.tunefleet.local.broker;

import java.util.List;
import java.util.stream.Collectors;

/** The nodes that hold the metadata of a cluster together. */
record Voters(List<Member> members) {

    Voters {
        members = List.copyOf(members);
    }

    static Voters of(Member... members) {
        return new Voters(List.of(members));
    }

    int count() {
        return members.size();
    }

    /** As {@code controller.quorum.voters} wants it. */
    String asSetting() {
        return members.stream()
                .map(member -> member.id() + "@127.0.0.1:" + member.controllerPort())
                .collect(Collectors.joining(","));
    }
}
