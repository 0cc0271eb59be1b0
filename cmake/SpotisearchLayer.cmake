# One folder of src/ is one library and one test program.
#
#   spotisearch_layer(NAME text DEPS base LINK PkgConfig::UTF8PROC)
#
# makes the library spotisearch_text from every *.cc of the folder but *_test.cc, and, from the
# *_test.cc, the GoogleTest program text_test. DEPS are other layers, part of the interface; LINK
# are third-party libraries, kept private, because no header of ours names their types.
add_library(spotisearch_options INTERFACE)
target_include_directories(spotisearch_options INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_options(spotisearch_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 warns of overlapping copies inside its own std::string (GCC bug 105651).
  target_compile_options(spotisearch_options INTERFACE -Wno-restrict)
endif()
if(SPOTISEARCH_WERROR)
  target_compile_options(spotisearch_options INTERFACE -Werror)
endif()
if(SPOTISEARCH_FUZZ)
  target_compile_options(spotisearch_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Where the tests find what stands in the repository and, if it is there, the shared real data.
set(SPOTISEARCH_TEST_DEFINITIONS
    SPOTISEARCH_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    SPOTISEARCH_SHARED_DIR="${PROJECT_SOURCE_DIR}/../shared"
    SPOTISEARCH_MODEL_DIR="${PROJECT_SOURCE_DIR}/models/all-MiniLM-L6-v2")

function(spotisearch_test TARGET)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${TARGET} ${ARG_SOURCES})
  target_link_libraries(${TARGET} PRIVATE spotisearch_options ${ARG_LINK} GTest::gmock
                                          GTest::gtest_main)
  target_compile_definitions(${TARGET} PRIVATE ${SPOTISEARCH_TEST_DEFINITIONS})
  gtest_discover_tests(${TARGET} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300)
endfunction()

function(spotisearch_layer)
  cmake_parse_arguments(ARG "" "NAME" "DEPS;LINK;TEST_LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cc)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$")

  set(layers)
  foreach(dep IN LISTS ARG_DEPS)
    list(APPEND layers spotisearch_${dep})
  endforeach()

  set(target spotisearch_${ARG_NAME})
  if(sources)
    add_library(${target} STATIC ${sources})
    target_link_libraries(${target} PUBLIC spotisearch_options ${layers} PRIVATE fmt::fmt
                                           ${ARG_LINK})
  else()
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE spotisearch_options ${layers})
  endif()

  if(tests AND BUILD_TESTING)
    spotisearch_test(${ARG_NAME}_test SOURCES ${tests} LINK ${target} fmt::fmt ${ARG_TEST_LINK})
  endif()
endfunction()
