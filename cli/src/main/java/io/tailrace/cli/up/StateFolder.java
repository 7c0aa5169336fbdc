package io.tailrace.cli.up;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder that holds what one {@code up} needs to go on where it was. Only one process at a time has it. */
final class StateFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private StateFolder(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /** Takes the folder; one that another process has is refused. */
    static StateFolder take(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new StateFolder(folder, channel, lock);
            }
        } catch (OverlappingFileLockException e) {
            // Held by this JVM: refused like one that another process holds.
        }
        channel.close();
        throw new CommandFailedException(
                ExitCode.FAILED,
                "--state-dir " + folder + " is in use by another `tailrace up`: stop that one, or name another folder");
    }

    Path kafka() {
        return folder.resolve("kafka");
    }

    Path streams() {
        return folder.resolve("streams");
    }

    /** The port that the broker had last, so that clients find it again after a restart; 0: none yet. */
    int lastKafkaPort() throws IOException {
        Path file = folder.resolve("kafka-port");
        return Files.exists(file)
                ? Integer.parseInt(Files.readString(file, UTF_8).strip())
                : 0;
    }

    void rememberKafkaPort(int port) throws IOException {
        Files.writeString(folder.resolve("kafka-port"), port + "\n", UTF_8);
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
