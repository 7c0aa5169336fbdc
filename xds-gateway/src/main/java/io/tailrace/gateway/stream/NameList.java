package io.tailrace.gateway.stream;

import java.util.List;

/**
 * The names that a SotW request lists. A client repeats its list with every answer, so a list has a fingerprint, by which one
 * is known as the one before without being read.
 */
public interface NameList {
    List<String> names();

    /** Of 64 bits, over all names in their order; those of equal lists that were made in the same way are equal. */
    long fingerprint();

    static NameList of(List<String> names) {
        List<String> all = List.copyOf(names);
        return new NameList() {
            @Override
            public List<String> names() {
                return all;
            }

            @Override
            public long fingerprint() {
                long sum = all.size();
                for (String name : all) {
                    for (int i = 0; i < name.length(); i++) {
                        sum = sum * 0x100000001b3L ^ name.charAt(i);
                    }
                    sum = sum * 0x100000001b3L ^ '\n';
                }
                return sum;
            }

            @Override
            public String toString() {
                return all.toString();
            }
        };
    }
}
