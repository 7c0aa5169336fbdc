package io.tailrace.gateway.testing;

import io.tailrace.gateway.view.BodyKey;
import io.tailrace.gateway.view.Entry;
import io.tailrace.gateway.view.Place;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Selector;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewEdit;
import io.tailrace.gateway.view.ViewStep;
import io.tailrace.schemas.log.v1.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Views of one group, `g` in the mesh `default`, step by step, each step being a change of the log. */
public final class Views {
    public static final String MESH = "default";
    public static final String GROUP = "g";

    private final Map<ResourceName, Thing> things = new TreeMap<>();
    private View view = View.EMPTY;
    private long revision;

    /** A view where the group selects the nodes whose cluster is named like it. */
    public static Views of(Thing... things) {
        Views views = new Views();
        views.group(GROUP);
        views.put(things);
        return views;
    }

    /** A view without any group. */
    public static Views empty() {
        return new Views();
    }

    public View view() {
        return view;
    }

    /** What stands. */
    public Map<ResourceName, Thing> things() {
        return things;
    }

    /** The version that a view has a resource at. */
    public static String version(View view, String typeUrl, String name) {
        String scope = typeUrl.equals(Types.ASSIGNMENT) ? "" : GROUP;
        return Objects.requireNonNull(view.body(MESH, new BodyKey(typeUrl, scope, name)))
                .version();
    }

    public ViewStep group(String selectedCluster) {
        return finish(view.edit().putGroup(MESH, GROUP, Selector.ofCluster(selectedCluster)));
    }

    public ViewStep removeGroup() {
        return finish(view.edit().removeGroup(MESH, GROUP));
    }

    public ViewStep put(Thing... changed) {
        return change(List.of(changed), List.of());
    }

    public ViewStep remove(Thing... gone) {
        return change(List.of(), List.of(gone));
    }

    /** One change that brings some things and takes others (by their names). */
    public ViewStep change(List<Thing> changed, List<Thing> gone) {
        revision++;
        ViewEdit edit = edit();
        for (Thing thing : changed) {
            things.put(thing.name(), thing);
            if (thing.name().typeUrl().equals(Types.ASSIGNMENT)) {
                edit.putAssignment(MESH, thing.body(revision));
            } else {
                edit.putBody(MESH, GROUP, thing.body(revision));
            }
        }
        for (Thing thing : gone) {
            things.remove(thing.name());
            if (thing.name().typeUrl().equals(Types.ASSIGNMENT)) {
                edit.removeAssignment(MESH, thing.name().name());
            } else {
                edit.removeBody(
                        MESH,
                        new BodyKey(thing.name().typeUrl(), GROUP, thing.name().name()));
            }
        }
        List<Thing> all = new ArrayList<>(changed);
        all.addAll(gone);
        all.stream().map(thing -> thing.name().typeUrl()).distinct().forEach(type -> list(edit, type));
        return finish(edit);
    }

    private void list(ViewEdit edit, String typeUrl) {
        if (!typeUrl.equals(Types.ASSIGNMENT)) {
            edit.putList(
                    MESH,
                    GROUP,
                    typeUrl,
                    0,
                    things.values().stream()
                            .filter(thing -> thing.name().typeUrl().equals(typeUrl))
                            .map(thing -> new Entry(thing.name().name(), GROUP, thing.wildcard(), List.of()))
                            .toList());
        }
    }

    /** For what this vocabulary has no words for; {@link #finish} makes it the view. */
    public ViewEdit edit() {
        return view.edit().eventTime(revision).position(new Place(Position.Input.CONFIG, 0), revision);
    }

    public ViewStep finish(ViewEdit edit) {
        ViewStep step = edit.finish();
        view = step.view();
        return step;
    }
}
