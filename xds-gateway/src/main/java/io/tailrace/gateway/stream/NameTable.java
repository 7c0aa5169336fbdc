package io.tailrace.gateway.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Numbers for the names of one type that are in use, the lowest that are free: so that sets of them are small. */
public final class NameTable {
    private static final int UNKNOWN = -1;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<@Nullable String> names = new ArrayList<>();
    private int[] uses = new int[16];
    private final BitSet used = new BitSet();
    private int lowestFree;

    /** The number of a name, which is used once more. */
    public int use(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            uses[known]++;
            return known;
        }
        int number = used.nextClearBit(lowestFree);
        lowestFree = number + 1;
        used.set(number);
        numbers.put(name, number);
        if (number == names.size()) {
            names.add(name);
        } else {
            names.set(number, name);
        }
        if (number == uses.length) {
            uses = Arrays.copyOf(uses, 2 * number);
        }
        uses[number] = 1;
        return number;
    }

    /** It is used once less; whose last use ends gives its number back. */
    public void release(int number) {
        if (--uses[number] == 0) {
            numbers.remove(name(number));
            names.set(number, null);
            used.clear(number);
            lowestFree = Math.min(lowestFree, number);
        }
    }

    /** The number of a name; negative: nobody uses it. */
    public int find(String name) {
        return numbers.getOrDefault(name, UNKNOWN);
    }

    /** Of a number that is in use. */
    String name(int number) {
        return Objects.requireNonNull(names.get(number));
    }

    boolean isEmpty() {
        return numbers.isEmpty();
    }
}
