/// Events as lines of JSON, the same bytes in every language.
package io.weir.schemas.json;
