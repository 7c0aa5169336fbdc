package io.tailrace.gateway.stream;

import java.util.Collection;
import java.util.List;

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
        public void addList(String group, String typeUrl, List<String> names) {}

        @Override
        public void remove(String group, String typeUrl, String name) {}

        @Override
        public void removeAll(String group, String typeUrl, Collection<String> names) {}

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

    /** Each of these, to a stream that has none of the type. A crowd comes with the same lists, which don't change. */
    void addList(String group, String typeUrl, List<String> names);

    void remove(String group, String typeUrl, String name);

    /** Each of these: all that the stream has of the type. */
    void removeAll(String group, String typeUrl, Collection<String> names);

    /** The stream has ended, and has removed all that it had added. */
    void close();
}
