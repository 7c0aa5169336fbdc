package io.tailrace.gateway.stream;

import java.util.Collection;

/** The index of who subscribes to what, as one stream writes it (rule 27). A group is one of the node's mesh. */
public interface Interests {
    Interests NONE = new Interests() {
        @Override
        public NameTables names() {
            return new NameTables();
        }

        @Override
        public void mesh(String mesh) {}

        @Override
        public void add(String group, String typeUrl, String name) {}

        @Override
        public void addAll(String group, String typeUrl, Collection<String> names) {}

        @Override
        public void remove(String group, String typeUrl, String name) {}

        @Override
        public void close() {}
    };

    /** The name that stands for all that a wildcard gives. */
    String WILDCARD = "*";

    /** What the streams of this index know names by. */
    NameTables names();

    /** Said once, before all else. */
    void mesh(String mesh);

    void add(String group, String typeUrl, String name);

    /** Each of these; one of a crowd comes with a thousand. */
    void addAll(String group, String typeUrl, Collection<String> names);

    void remove(String group, String typeUrl, String name);

    /** The stream has ended, and has removed all that it had added. */
    void close();
}
