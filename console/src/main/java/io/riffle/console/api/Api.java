package io.riffle.console.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.riffle.console.access.Role;
import java.util.ArrayList;
import java.util.List;

/** All that programs may ask for. */
public final class Api {
  private static final String DOCUMENT = "/api/v1/openapi.json";

  private final List<ApiRoute> routes;
  private final boolean tokens;

  /**
   * @param tokens whether programs may send access tokens
   */
  public Api(List<ApiRoute> routes, boolean tokens) {
    List<ApiRoute> all = new ArrayList<>(routes);
    all.add(ApiRoute.get(DOCUMENT, Role.VIEWER, "This document", "", this::document));
    this.tokens = tokens;
    this.routes = List.copyOf(all);
  }

  public void addTo(RoutesConfig into) {
    routes.forEach(
        route ->
            into.addHttpHandler(route.method(), route.path(), Fields.checked(route), route.role()));
  }

  private void document(Context context) {
    Json.answer(context, OpenApi.document(routes, tokens));
  }
}
