package io.tailrace.schemas.manifest;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ObjectKey;

/**
 * An object that a file holds: valid and normalized.
 *
 * @param line where its document begins, from 1
 */
public record ManifestObject(ObjectKey key, Message object, int line) {}
