"""Makes the models of Mingchu from the data set: loading, augmentation, training, quantisation, evaluation, export."""
