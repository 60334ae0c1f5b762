package dev.tunefleet.local.fleet;

import java.util.Optional;

/** Another process holds the instance. */
public final class InstanceInUseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InstanceInUseException(String name, Optional<FleetStatus> holder) {
        super("The instance (" + name + ") is in use by "
                + holder.map(status -> "process " + status.pid()).orElse("a process that is just starting")
                + ". Wait for it, stop it with Ctrl-C or \"tunefleet down --instance " + name
                + "\", or choose another with --instance.");
    }
}
