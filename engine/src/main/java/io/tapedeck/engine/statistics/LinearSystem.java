package io.tapedeck.engine.statistics;

/** A dense system of linear equations, solved by elimination with partial pivoting. For some hundred unknowns at most. */
public final class LinearSystem {
    private final double[][] triangles;
    private final int[] order;

    /**
     * Factors a matrix.
     *
     * @param matrix square; not changed.
     * @throws IllegalArgumentException if it is not square, or is singular.
     */
    public LinearSystem(final double[][] matrix) {
        final int size = matrix.length;
        triangles = new double[size][];
        order = new int[size];
        for (int row = 0; row < size; row++) {
            if (matrix[row].length != size) {
                throw new IllegalArgumentException("the matrix must be square: rows=" + size + ", columns of row " + row
                        + "=" + matrix[row].length);
            }
            triangles[row] = matrix[row].clone();
            order[row] = row;
        }
        for (int column = 0; column < size; column++) {
            pivot(column);
            for (int row = column + 1; row < size; row++) {
                final double factor = triangles[row][column] / triangles[column][column];
                triangles[row][column] = factor;
                for (int k = column + 1; k < size; k++) {
                    triangles[row][k] -= factor * triangles[column][k];
                }
            }
        }
    }

    private void pivot(final int column) {
        int largest = column;
        for (int row = column + 1; row < triangles.length; row++) {
            if (Math.abs(triangles[row][column]) > Math.abs(triangles[largest][column])) {
                largest = row;
            }
        }
        if (!(Math.abs(triangles[largest][column]) > 0)) {
            throw new IllegalArgumentException("the matrix is singular: no pivot in column " + column);
        }
        final double[] row = triangles[column];
        triangles[column] = triangles[largest];
        triangles[largest] = row;
        final int place = order[column];
        order[column] = order[largest];
        order[largest] = place;
    }

    /**
     * Solves for one right-hand side.
     *
     * @param right as long as the matrix has rows; not changed.
     * @return x with {@code matrix x = right}.
     */
    public double[] solve(final double[] right) {
        final int size = triangles.length;
        final double[] x = new double[size];
        for (int row = 0; row < size; row++) {
            x[row] = right[order[row]];
            for (int k = 0; k < row; k++) {
                x[row] -= triangles[row][k] * x[k];
            }
        }
        for (int row = size - 1; row >= 0; row--) {
            for (int k = row + 1; k < size; k++) {
                x[row] -= triangles[row][k] * x[k];
            }
            x[row] /= triangles[row][row];
        }
        return x;
    }

    /**
     * The inverse matrix.
     *
     * @return a new matrix.
     */
    public double[][] inverse() {
        final int size = triangles.length;
        final double[][] inverse = new double[size][size];
        for (int column = 0; column < size; column++) {
            final double[] unit = new double[size];
            unit[column] = 1;
            final double[] solved = solve(unit);
            for (int row = 0; row < size; row++) {
                inverse[row][column] = solved[row];
            }
        }
        return inverse;
    }

    /**
     * The quadratic form of the inverse: {@code v' matrix^-1 v}.
     *
     * @param v as long as the matrix has rows.
     * @return a number; not negative if the matrix is positive definite.
     */
    public double quadraticForm(final double[] v) {
        final double[] solved = solve(v);
        double sum = 0;
        for (int i = 0; i < v.length; i++) {
            sum += v[i] * solved[i];
        }
        return sum;
    }
}
