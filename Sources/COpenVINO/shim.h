#ifndef MINGCHU_COPENVINO_SHIM_H
#define MINGCHU_COPENVINO_SHIM_H
#include <dlfcn.h>
#include <openvino/c/openvino.h>

// Only the declarations are used: nothing links against the library, which is loaded when the program runs, so that a
// machine without it still records.

#define SHIM_OPENVINO_FUNCTIONS(FUNCTION)        \
    FUNCTION(ov_get_openvino_version)            \
    FUNCTION(ov_version_free)                    \
    FUNCTION(ov_get_error_info)                  \
    FUNCTION(ov_get_last_err_msg)                \
    FUNCTION(ov_free)                            \
    FUNCTION(ov_util_set_log_callback)           \
    FUNCTION(ov_core_create)                     \
    FUNCTION(ov_core_free)                       \
    FUNCTION(ov_core_set_properties)             \
    FUNCTION(ov_core_read_model)                 \
    FUNCTION(ov_core_compile_model_props)        \
    FUNCTION(ov_model_free)                      \
    FUNCTION(ov_model_reshape)                   \
    FUNCTION(ov_partial_shape_create_static)     \
    FUNCTION(ov_partial_shape_free)              \
    FUNCTION(ov_compiled_model_free)             \
    FUNCTION(ov_compiled_model_inputs_size)      \
    FUNCTION(ov_compiled_model_outputs_size)     \
    FUNCTION(ov_compiled_model_input_by_index)   \
    FUNCTION(ov_compiled_model_output_by_index)  \
    FUNCTION(ov_compiled_model_create_infer_request) \
    FUNCTION(ov_port_get_any_name)               \
    FUNCTION(ov_port_get_element_type)           \
    FUNCTION(ov_port_get_partial_shape)          \
    FUNCTION(ov_output_const_port_free)          \
    FUNCTION(ov_shape_create)                    \
    FUNCTION(ov_shape_free)                      \
    FUNCTION(ov_tensor_create)                   \
    FUNCTION(ov_tensor_data)                     \
    FUNCTION(ov_tensor_get_byte_size)            \
    FUNCTION(ov_tensor_free)                     \
    FUNCTION(ov_infer_request_set_input_tensor_by_index)  \
    FUNCTION(ov_infer_request_set_output_tensor_by_index) \
    FUNCTION(ov_infer_request_infer)             \
    FUNCTION(ov_infer_request_start_async)       \
    FUNCTION(ov_infer_request_wait)              \
    FUNCTION(ov_infer_request_cancel)            \
    FUNCTION(ov_infer_request_free)

/// The functions of the library that the program uses.
typedef struct {
#define SHIM_FIELD(name) __typeof__(&name) name;
    SHIM_OPENVINO_FUNCTIONS(SHIM_FIELD)
#undef SHIM_FIELD
} shim_openvino;

/// Finds all functions; the name of the first that `library` lacks, or NULL when none does.
static inline const char *shim_openvino_find(void *library, shim_openvino *functions) {
#define SHIM_FIND(name)                                                            \
    functions->name = (__typeof__(&name))dlsym(library, #name);                    \
    if (!functions->name) return #name;
    SHIM_OPENVINO_FUNCTIONS(SHIM_FIND)
#undef SHIM_FIND
    return 0;
}
#endif
