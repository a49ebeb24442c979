// The door to simdjson for JavaScript: one document at a time, numbers and addresses across the boundary.
#include "simdjson.h"

#include <cstdlib>
#include <cstring>

using namespace simdjson;

namespace {

uint8_t *input = nullptr;
size_t capacity = 0;
std::unique_ptr<internal::dom_parser_implementation> parser;
dom::document document;

// Makes room for the index (`tape` false) or for the whole parse of a document of `length` bytes.
error_code prepare(size_t length, size_t depth, bool tape) {
  if (length > capacity) return CAPACITY;
  if (parser == nullptr) {
    error_code error =
        get_active_implementation()->create_dom_parser_implementation(capacity, depth, parser);
    if (error) return error;
  } else if (parser->max_depth() != depth) {
    error_code error = parser->set_max_depth(depth);
    if (error) return error;
  }
  return tape && document.capacity() < capacity ? document.allocate(capacity) : SUCCESS;
}

} // namespace

extern "C" {

// Where to put a document of `length` bytes; null when memory is short. Ends the life of the document before.
uint8_t *reserve(size_t length) {
  if (length > capacity || input == nullptr) {
    std::free(input);
    parser.reset();
    document = dom::document();
    capacity = length < 64 ? 64 : length;
    input = static_cast<uint8_t *>(std::malloc(capacity + SIMDJSON_PADDING));
    if (input == nullptr) {
      capacity = 0;
      return nullptr;
    }
  }
  std::memset(input + length, ' ', SIMDJSON_PADDING);
  return input;
}

// UTF-8 check and structural index of the document at `reserve(length)`. Gives an error code.
int stage1(size_t length) {
  error_code error = prepare(length, DEFAULT_MAX_DEPTH, false);
  return error ? error : parser->stage1(input, length, stage1_mode::regular);
}

// The whole document: index, grammar, numbers, strings. Gives an error code.
int parse(size_t length, size_t depth) {
  error_code error = prepare(length, depth, true);
  return error ? error : parser->parse(input, length, document);
}

size_t structural_count() { return parser == nullptr ? 0 : parser->n_structural_indexes; }
const uint32_t *structurals() { return parser == nullptr ? nullptr : parser->structural_indexes.get(); }
const uint64_t *tape() { return document.tape.get(); }
const uint8_t *strings() { return document.string_buf.get(); }
}
