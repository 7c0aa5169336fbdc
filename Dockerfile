# The `tailrace` command as an image: docker-compose.yml builds it, and so does `docker build -t tailrace .`
FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
RUN ./mvnw -B -q -DskipTests package \
 && mkdir /lib-of-tailrace \
 && cp cli/target/tailrace-cli-*.jar $(tr ':' ' ' < cli/target/classpath) /lib-of-tailrace

FROM eclipse-temurin:25-jdk
COPY --from=build /lib-of-tailrace /opt/tailrace/lib
# Not root: it writes only where a translator keeps its id.
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/tailrace tailrace
USER tailrace
WORKDIR /var/lib/tailrace
# xDS, and /healthz, /readyz and /metrics, where a command serves them
EXPOSE 18000 8080
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:MaxRAMPercentage=70", "-cp", "/opt/tailrace/lib/*", "io.tailrace.cli.Tailrace"]
