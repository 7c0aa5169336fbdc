package io.tailrace.schemas.read;

/**
 * How far a reading from the start has come.
 *
 * @param records records handed over
 * @param bytes their keys and values
 * @param fraction from 0 to 1, by offsets; 1 when there was nothing to read
 */
public record ReadProgress(long records, long bytes, double fraction) {}
