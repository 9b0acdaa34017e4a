/// Why a single event scored what it did, by Shapley values: kernel SHAP of the score (Lundberg and
/// Lee 2017), and of the reconstruction of its worst features (Antwarg, Miller, Shapira and Rokach
/// 2019). Costs thousands of rows of inference per event: for chosen events, not for the stream.
package io.weir.detector.shap;
