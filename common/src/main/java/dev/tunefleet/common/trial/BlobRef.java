package dev.tunefleet.common.trial;

/** A stored blob: its key, the SHA-256 of its content in hexadecimal and its size. */
public record BlobRef(String key, String sha256, long bytes) {}
